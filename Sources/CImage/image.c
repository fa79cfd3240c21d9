#include "image.h"

#include <stdlib.h>
#include <string.h>

int image_size_allowed(const image_t *image, image_limits_t limits) {
  return image->width >= 1 && image->height >= 1 && image->width <= limits.side
    && image->height <= limits.side && (int64_t)image->width * image->height <= limits.pixels;
}

int image_take_pixels(image_t *image) {
  image->pixels = calloc((size_t)image->height, (size_t)image->width * 3);
  return image->pixels != NULL;
}

void image_keep_exif(image_t *image, const uint8_t *bytes, size_t count) {
  if (image->exif != NULL || count == 0 || count > 1 << 20) return;
  image->exif = malloc(count);
  if (image->exif == NULL) return;
  memcpy(image->exif, bytes, count);
  image->exif_length = count;
}

void image_complain(image_t *image, const char *reason) {
  strncpy(image->reason, reason, sizeof image->reason - 1);
  image->reason[sizeof image->reason - 1] = 0;
}

void image_free(image_t *image) {
  free(image->pixels);
  free(image->exif);
  memset(image, 0, sizeof *image);
}
