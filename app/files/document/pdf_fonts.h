// The embedded fonts for Cairo. The only place that knows FreeType.
#pragma once

#include <array>
#include <memory>

#include "core/picture/display/picture.h"

struct _cairo_font_face;

namespace convscope::files {

class PdfFonts {
 public:
  // Reads the embedded fonts. Throws Failure "asset_missing".
  PdfFonts();
  ~PdfFonts();
  PdfFonts(const PdfFonts&) = delete;
  PdfFonts& operator=(const PdfFonts&) = delete;

  struct Glyph {
    _cairo_font_face* face = nullptr;
    unsigned long index = 0;
    float advance = 0;  // in em, before digits are given equal widths
  };

  // A character that the font lacks is taken from the fallback font.
  Glyph glyph(picture::Font font, char32_t character) const;

 private:
  struct Face;
  std::array<std::unique_ptr<Face>, 4> faces_;  // by Font; the fallback is last
};

}  // namespace convscope::files
