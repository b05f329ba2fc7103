// liblo: the independent implementation of OSC that the tests compare with.
#pragma once
#include <lo/lo.h>
