#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

#include "image.h"

// A picture is made of a few scans; a file of thousands would only cost time.
enum { largest_scan = 200 };

typedef struct {
  struct jpeg_error_mgr base;
  jmp_buf leave;
  image_t *image;
} errors_t;

static void leave(j_common_ptr codec) {
  errors_t *errors = (errors_t *)codec->err;
  char text[JMSG_LENGTH_MAX];
  errors->base.format_message(codec, text);
  image_complain(errors->image, text);
  longjmp(errors->leave, 1);
}

// Of warnings, those that mean lost pixels are errors; superfluous bytes are not.
static void warn(j_common_ptr codec, int level) {
  if (level >= 0) return;
  switch (codec->err->msg_code) {
  case JWRN_JPEG_EOF:
  case JWRN_HIT_MARKER:
  case JWRN_HUFF_BAD_CODE:
  case JWRN_ARITH_BAD_CODE:
  case JWRN_MUST_RESYNC: leave(codec);
  default: codec->err->num_warnings++;
  }
}

static void be_quiet(j_common_ptr codec) { (void)codec; }

static void limit_scans(j_common_ptr codec) {
  j_decompress_ptr decoder = (j_decompress_ptr)codec;
  if (decoder->input_scan_number <= largest_scan) return;
  image_complain(((errors_t *)codec->err)->image, "it has too many scans");
  longjmp(((errors_t *)codec->err)->leave, 1);
}

static void keep_exif(j_decompress_ptr decoder, image_t *image) {
  for (jpeg_saved_marker_ptr marker = decoder->marker_list; marker; marker = marker->next) {
    if (marker->marker == JPEG_APP0 + 1 && marker->data_length > 6
      && memcmp(marker->data, "Exif\0\0", 6) == 0) {
      image_keep_exif(image, marker->data + 6, marker->data_length - 6);
      return;
    }
  }
}

// A row of ink, [width, 4], to light, [width, 3]; Adobe's programs store the inks inverted.
static void convert_ink(const uint8_t *ink, uint8_t *light, int32_t width, int inverted) {
  for (int32_t x = 0; x < width; x++) {
    for (int channel = 0; channel < 3; channel++) {
      const unsigned c = inverted ? ink[4 * x + channel] : 255u - ink[4 * x + channel];
      const unsigned k = inverted ? ink[4 * x + 3] : 255u - ink[4 * x + 3];
      light[3 * x + channel] = (uint8_t)((c * k + 127) / 255);
    }
  }
}

static image_status_t decode(
  j_decompress_ptr decoder, const uint8_t *bytes, size_t count, image_limits_t limits,
  image_t *image, uint8_t *volatile *ink
) {
  jpeg_mem_src(decoder, bytes, count);
  jpeg_save_markers(decoder, JPEG_APP0 + 1, 0xffff);
  jpeg_read_header(decoder, TRUE);
  image->width = (int32_t)decoder->image_width;
  image->height = (int32_t)decoder->image_height;
  if (!image_size_allowed(image, limits)) return IMAGE_SIZE_OUT_OF_RANGE;
  const int has_ink = decoder->num_components == 4;
  decoder->out_color_space = has_ink ? JCS_CMYK : JCS_RGB;
  jpeg_start_decompress(decoder);
  if (decoder->output_components != (has_ink ? 4 : 3) || !image_take_pixels(image)) {
    image_complain(image, "out of memory");
    return IMAGE_UNDECODABLE;
  }
  if (has_ink && (*ink = malloc((size_t)image->width * 4)) == NULL) {
    image_complain(image, "out of memory");
    return IMAGE_UNDECODABLE;
  }
  while (decoder->output_scanline < decoder->output_height) {
    uint8_t *row = image->pixels + (size_t)decoder->output_scanline * (size_t)image->width * 3;
    JSAMPROW target = has_ink ? *ink : row;
    if (jpeg_read_scanlines(decoder, &target, 1) != 1) return IMAGE_UNDECODABLE;
    if (has_ink) convert_ink(*ink, row, image->width, decoder->saw_Adobe_marker);
  }
  // The saved markers go with the decompression.
  keep_exif(decoder, image);
  jpeg_finish_decompress(decoder);
  return IMAGE_DECODED;
}

image_status_t image_decode_jpeg(
  const uint8_t *bytes, size_t count, image_limits_t limits, image_t *image
) {
  memset(image, 0, sizeof *image);
  struct jpeg_decompress_struct decoder;
  errors_t errors;
  memset(&decoder, 0, sizeof decoder);
  decoder.err = jpeg_std_error(&errors.base);
  errors.image = image;
  errors.base.error_exit = leave;
  errors.base.emit_message = warn;
  errors.base.output_message = be_quiet;
  struct jpeg_progress_mgr progress;
  memset(&progress, 0, sizeof progress);
  progress.progress_monitor = limit_scans;
  uint8_t *volatile ink = NULL;
  volatile image_status_t status = IMAGE_UNDECODABLE;
  if (setjmp(errors.leave) == 0) {
    jpeg_create_decompress(&decoder);
    decoder.progress = &progress;
    status = decode(&decoder, bytes, count, limits, image, &ink);
  } else {
    status = IMAGE_UNDECODABLE;
  }
  free(ink);
  jpeg_destroy_decompress(&decoder);
  return status;
}

static void encode(
  j_compress_ptr encoder, const uint8_t *pixels, int32_t width, int32_t height, int32_t channels,
  int quality
) {
  encoder->image_width = (JDIMENSION)width;
  encoder->image_height = (JDIMENSION)height;
  encoder->input_components = channels;
  encoder->in_color_space = channels == 3 ? JCS_RGB : JCS_GRAYSCALE;
  jpeg_set_defaults(encoder);
  jpeg_set_quality(encoder, quality, TRUE);
  jpeg_start_compress(encoder, TRUE);
  while (encoder->next_scanline < encoder->image_height) {
    const size_t start = (size_t)encoder->next_scanline * (size_t)width * (size_t)channels;
    JSAMPROW row = (JSAMPROW)(pixels + start);
    jpeg_write_scanlines(encoder, &row, 1);
  }
  jpeg_finish_compress(encoder);
}

int image_encode_jpeg(
  const uint8_t *pixels, int32_t width, int32_t height, int32_t channels, int quality,
  uint8_t **bytes, size_t *count
) {
  struct jpeg_compress_struct encoder;
  errors_t errors;
  image_t unused;
  memset(&encoder, 0, sizeof encoder);
  memset(&unused, 0, sizeof unused);
  encoder.err = jpeg_std_error(&errors.base);
  errors.image = &unused;
  errors.base.error_exit = leave;
  errors.base.emit_message = warn;
  errors.base.output_message = be_quiet;
  unsigned char *written = NULL;
  unsigned long length = 0;
  volatile int is_done = 0;
  if (setjmp(errors.leave) == 0) {
    jpeg_create_compress(&encoder);
    jpeg_mem_dest(&encoder, &written, &length);
    encode(&encoder, pixels, width, height, channels, quality);
    is_done = 1;
  }
  jpeg_destroy_compress(&encoder);
  *bytes = written;
  *count = (size_t)length;
  return is_done;
}

void image_free_bytes(uint8_t *bytes) { free(bytes); }
