// What both decoders need.
#pragma once
#include "CImage.h"

int image_size_allowed(const image_t *image, image_limits_t limits);
// Takes memory for the pixels, filled with zeros; 0 if there is none.
int image_take_pixels(image_t *image);
void image_keep_exif(image_t *image, const uint8_t *bytes, size_t count);
void image_complain(image_t *image, const char *reason);
