#include "app/files/document/pdf_fonts.h"

#include <cairo-ft.h>

#include <ft2build.h>
#include FT_FREETYPE_H

#include <string>

#include "app/files/embedded.h"
#include "core/tensor/problem.h"

namespace convscope::files {
namespace {

using Library = std::shared_ptr<FT_LibraryRec_>;

Library open_library() {
  FT_Library library = nullptr;
  if (FT_Init_FreeType(&library) != 0) {
    throw Failure({"encoding_failed", "", {{"format", "PDF"}, {"reason", "FreeType"}}});
  }
  return {library, [](FT_Library open) { FT_Done_FreeType(open); }};
}

// Cairo may keep a font longer than we do, and tells when it has done with it.
struct HeldFace {
  Library library;
  FT_Face face = nullptr;
};

void release(void* held) {
  auto* face = static_cast<HeldFace*>(held);
  FT_Done_Face(face->face);
  delete face;
}

constexpr cairo_user_data_key_t kHeld{};

}  // namespace

struct PdfFonts::Face {
  Face(const Library& library, const char* path) {
    const auto file = asset(path);
    if (FT_New_Memory_Face(library.get(), reinterpret_cast<const FT_Byte*>(file.data()),
                           static_cast<FT_Long>(file.size()), 0, &face) != 0) {
      throw Failure({"asset_missing", "", {{"path", std::string(path)}}});
    }
    auto held = std::make_unique<HeldFace>(library, face);
    cairo = cairo_ft_font_face_create_for_ft_face(face, FT_LOAD_NO_HINTING);
    cairo_font_face_set_user_data(cairo, &kHeld, held.release(), release);
  }
  ~Face() { cairo_font_face_destroy(cairo); }
  Face(const Face&) = delete;
  Face& operator=(const Face&) = delete;

  FT_Face face = nullptr;
  cairo_font_face_t* cairo = nullptr;
};

PdfFonts::PdfFonts() {
  const Library library = open_library();
  constexpr std::array kPaths = {"fonts/sans", "fonts/bold", "fonts/mono", "fonts/fallback"};
  for (std::size_t i = 0; i < kPaths.size(); ++i) {
    faces_[i] = std::make_unique<Face>(library, kPaths[i]);
  }
}

PdfFonts::~PdfFonts() = default;

PdfFonts::Glyph PdfFonts::glyph(picture::Font font, char32_t character) const {
  const Face* face = faces_[static_cast<std::size_t>(font)].get();
  FT_UInt index = FT_Get_Char_Index(face->face, character);
  if (index == 0) {
    const FT_UInt other = FT_Get_Char_Index(faces_.back()->face, character);
    face = other != 0 ? faces_.back().get() : face;
    index = other;
  }
  Glyph glyph{face->cairo, index, 0};
  if (FT_Load_Glyph(face->face, index, FT_LOAD_NO_SCALE) == 0) {
    glyph.advance = static_cast<float>(face->face->glyph->metrics.horiAdvance) /
                    static_cast<float>(face->face->units_per_EM);
  }
  return glyph;
}

}  // namespace convscope::files
