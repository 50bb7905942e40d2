#include "app/paint/faces.h"

#include <span>

#include "app/files/embedded.h"
#include "core/tensor/problem.h"

#define STB_TRUETYPE_IMPLEMENTATION
#define STBTT_STATIC
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#endif
#include <stb_truetype.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

namespace convscope::paint {

struct Faces::Face {
  explicit Face(const char* path) {
    const auto file = files::asset(path);
    const auto* bytes = reinterpret_cast<const unsigned char*>(file.data());
    const int offset = stbtt_GetFontOffsetForIndex(bytes, 0);
    if (offset < 0 || stbtt_InitFont(&info, bytes, offset) == 0) {
      throw Failure({"asset_missing", "", {{"path", std::string(path)}}});
    }
    em = stbtt_ScaleForMappingEmToPixels(&info, 1.0F);
  }
  int glyph(char32_t character) const {
    return stbtt_FindGlyphIndex(&info, static_cast<int>(character));
  }

  stbtt_fontinfo info{};
  float em = 0;  // font units to ems
};

Faces::Faces()
    : faces_{std::make_unique<Face>("fonts/sans"), std::make_unique<Face>("fonts/bold"),
             std::make_unique<Face>("fonts/mono"), std::make_unique<Face>("fonts/fallback")} {}

Faces::~Faces() = default;

const Faces::Face& Faces::face_of(picture::Font font, char32_t character) const {
  const Face& own = *faces_[static_cast<std::size_t>(font)];
  const Face& fallback = *faces_.back();
  return own.glyph(character) == 0 && fallback.glyph(character) != 0 ? fallback : own;
}

GlyphBitmap Faces::rasterize(picture::Font font, char32_t character, float size,
                             float shift) const {
  const Face& face = face_of(font, character);
  const int glyph = face.glyph(character);
  const float scale = face.em * size;
  GlyphBitmap bitmap;
  int right = 0;
  int bottom = 0;
  stbtt_GetGlyphBitmapBoxSubpixel(&face.info, glyph, scale, scale, shift, 0, &bitmap.left,
                                  &bitmap.top, &right, &bottom);
  bitmap.width = right - bitmap.left;
  bitmap.height = bottom - bitmap.top;
  if (bitmap.width <= 0 || bitmap.height <= 0) {
    return {};
  }
  bitmap.coverage.resize(static_cast<std::size_t>(bitmap.width) *
                         static_cast<std::size_t>(bitmap.height));
  stbtt_MakeGlyphBitmapSubpixel(&face.info, bitmap.coverage.data(), bitmap.width, bitmap.height,
                                bitmap.width, scale, scale, shift, 0, glyph);
  return bitmap;
}

float Faces::advance(picture::Font font, char32_t character) const {
  const Face& face = face_of(font, character);
  int advance = 0;
  int bearing = 0;
  stbtt_GetGlyphHMetrics(&face.info, face.glyph(character), &advance, &bearing);
  return static_cast<float>(advance) * face.em;
}

}  // namespace convscope::paint
