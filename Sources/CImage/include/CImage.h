// PNG, JPEG and PNM decoding by stb_image, limited to what Waymark reads.
#pragma once
#define STBI_NO_STDIO
#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STBI_ONLY_PNM
#include <stb/stb_image.h>
