#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "image.h"

typedef struct {
  const uint8_t *bytes;
  size_t count, place;
  image_t *image;
} source_t;

static void complain(png_structp png, png_const_charp text) {
  source_t *source = png_get_error_ptr(png);
  image_complain(source->image, text);
  png_longjmp(png, 1);
}

static void ignore(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static void read_bytes(png_structp png, png_bytep target, size_t count) {
  source_t *source = png_get_io_ptr(png);
  if (count > source->count - source->place) png_error(png, "the file is cut short");
  memcpy(target, source->bytes + source->place, count);
  source->place += count;
}

static void keep_exif(png_structp png, png_infop info, image_t *image) {
#ifdef PNG_eXIf_SUPPORTED
  png_bytep exif = NULL;
  png_uint_32 count = 0;
  if (png_get_eXIf_1(png, info, &count, &exif)) image_keep_exif(image, exif, count);
#endif
}

// Only what decides over pixels and orientation is read; compressed texts and profiles are passed.
static void skip_other_chunks(png_structp png) {
  static const png_byte skipped[] = "iCCP\0iTXt\0tEXt\0zTXt\0sPLT\0hIST\0pCAL\0sCAL";
  png_set_keep_unknown_chunks(
    png, PNG_HANDLE_CHUNK_NEVER, skipped, (int)(sizeof skipped / 5));
  png_set_chunk_malloc_max(png, 1 << 20);
}

// Every PNG becomes three channels of 8 bits; alpha is dropped, the high byte of 16 bits is kept.
static void ask_for_rgb(png_structp png, png_infop info) {
  const int color = png_get_color_type(png, info);
  if (color == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png);
  if (!(color & PNG_COLOR_MASK_COLOR)) {
    if (png_get_bit_depth(png, info) < 8) png_set_expand_gray_1_2_4_to_8(png);
    png_set_gray_to_rgb(png);
  }
  if (png_get_bit_depth(png, info) == 16) png_set_strip_16(png);
  png_set_strip_alpha(png);
}

image_status_t image_decode_png(
  const uint8_t *bytes, size_t count, image_limits_t limits, image_t *image
) {
  memset(image, 0, sizeof *image);
  source_t source = {bytes, count, 0, image};
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &source, complain, ignore);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  png_infop end = info ? png_create_info_struct(png) : NULL;
  if (end == NULL) {
    png_destroy_read_struct(&png, &info, NULL);
    image_complain(image, "out of memory");
    return IMAGE_UNDECODABLE;
  }
  volatile image_status_t status = IMAGE_UNDECODABLE;
  png_bytep *volatile rows = NULL;
  if (setjmp(png_jmpbuf(png)) == 0) {
    png_set_read_fn(png, &source, read_bytes);
    png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
    skip_other_chunks(png);
    png_read_info(png, info);
    image->width = (int32_t)png_get_image_width(png, info);
    image->height = (int32_t)png_get_image_height(png, info);
    if (!image_size_allowed(image, limits)) {
      status = IMAGE_SIZE_OUT_OF_RANGE;
    } else {
      ask_for_rgb(png, info);
      png_set_interlace_handling(png);
      png_read_update_info(png, info);
      if (png_get_rowbytes(png, info) != (size_t)image->width * 3) {
        png_error(png, "it does not have three channels");
      }
      rows = malloc((size_t)image->height * sizeof *rows);
      if (rows == NULL || !image_take_pixels(image)) png_error(png, "out of memory");
      for (int32_t row = 0; row < image->height; row++) {
        rows[row] = image->pixels + (size_t)row * (size_t)image->width * 3;
      }
      png_read_image(png, rows);
      png_read_end(png, end);
      keep_exif(png, info, image);
      keep_exif(png, end, image);
      status = IMAGE_DECODED;
    }
  }
  free(rows);
  png_destroy_read_struct(&png, &info, &end);
  return status;
}
