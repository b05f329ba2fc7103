// mallinfo2, which tells how many bytes are allocated.
#include <malloc.h>
