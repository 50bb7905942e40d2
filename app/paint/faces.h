// The bundled fonts as coverage bitmaps, through stb_truetype.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/picture/display/picture.h"

namespace convscope::paint {

// A glyph on the pixel grid; left and top are relative to the pen's pixel on the baseline.
struct GlyphBitmap {
  int left = 0;
  int top = 0;
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> coverage;  // width * height
};

class Faces {
 public:
  // Reads the embedded fonts.
  Faces();
  ~Faces();
  Faces(const Faces&) = delete;
  Faces& operator=(const Faces&) = delete;

  // `size` in pixels per em; `shift` moves the glyph right by a fraction of a pixel. A character
  // that the font lacks is taken from the fallback font.
  GlyphBitmap rasterize(picture::Font font, char32_t character, float size, float shift) const;
  // The font's own advance in em, before digits are given equal widths.
  float advance(picture::Font font, char32_t character) const;

 private:
  struct Face;
  const Face& face_of(picture::Font font, char32_t character) const;

  std::array<std::unique_ptr<Face>, 4> faces_;  // by Font; the fallback is last
};

}  // namespace convscope::paint
