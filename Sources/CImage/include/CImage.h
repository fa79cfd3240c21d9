// PNG by libpng and JPEG by libjpeg-turbo, behind calls that cannot leave by longjmp.
#pragma once
#include <stddef.h>
#include <stdint.h>

// A decoded image: `pixels` is [height, width, 3], every byte of it written. `exif` holds the TIFF
// structure of the file's EXIF data, or is null. Both belong to the image until image_free.
typedef struct {
  int32_t width, height;
  uint8_t *pixels;
  uint8_t *exif;
  size_t exif_length;
  // What the decoder complained of, ended by zero; empty if it did not.
  char reason[200];
} image_t;

typedef enum {
  IMAGE_DECODED = 0,
  IMAGE_UNDECODABLE = 1,
  // Width and height are set, no pixels were decoded.
  IMAGE_SIZE_OUT_OF_RANGE = 2,
} image_status_t;

// The largest image that is decoded; sizes are checked before memory is taken.
typedef struct {
  int32_t side;
  int64_t pixels;
} image_limits_t;

image_status_t image_decode_png(
  const uint8_t *bytes, size_t count, image_limits_t limits, image_t *image);
image_status_t image_decode_jpeg(
  const uint8_t *bytes, size_t count, image_limits_t limits, image_t *image);
void image_free(image_t *image);

// Writes [height, width, channels], of 1 or 3 channels, as JPEG of a quality from 1 to 100 with what
// libjpeg does by itself: colours at half the resolution. 0 if that fails; the bytes are freed by
// image_free_bytes.
int image_encode_jpeg(
  const uint8_t *pixels, int32_t width, int32_t height, int32_t channels, int quality,
  uint8_t **bytes, size_t *count);
void image_free_bytes(uint8_t *bytes);
