#define STB_IMAGE_IMPLEMENTATION
#include "CImage.h"
