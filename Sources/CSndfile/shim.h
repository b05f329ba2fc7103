// libsndfile: sound files of every common format.
#pragma once
#include <sndfile.h>
