// Glyphs rasterised at the exact size they are shown at, packed into one texture.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "app/paint/faces.h"
#include "app/paint/texture.h"

namespace convscope::paint {

// Sizes and places are in quarters of a pixel.
struct GlyphKey {
  picture::Font font = picture::Font::kSans;
  char32_t character = 0;
  int quarter_size = 0;
  int quarter_shift = 0;  // 0..3

  auto operator<=>(const GlyphKey&) const = default;
};

struct AtlasGlyph {
  int x = 0;  // in the texture
  int y = 0;
  int width = 0;
  int height = 0;
  int left = 0;  // from the pen's pixel on the baseline
  int top = 0;
};

class GlyphAtlas {
 public:
  // `largest_side` bounds the texture.
  explicit GlyphAtlas(int largest_side);

  // Nothing when the atlas is full: draw what was asked for so far, clear(), and ask again.
  std::optional<AtlasGlyph> find(const GlyphKey& key);
  void clear();
  // Brings new glyphs to the texture and binds it.
  void bind();
  const Faces& faces() const { return faces_; }

 private:
  // Finds a free rectangle, growing the atlas if need be; false when it is full.
  bool place(AtlasGlyph& glyph);
  void grow();

  Faces faces_;
  int largest_side_;
  int side_ = 0;
  std::vector<std::uint8_t> texels_;  // side * side: the texture is written a few rows at a time
  std::map<GlyphKey, AtlasGlyph> glyphs_;
  // Glyphs stand in rows ("shelves") from left to right.
  int shelf_x_ = 0;
  int shelf_y_ = 0;
  int shelf_height_ = 0;
  GlTexture texture_;
  int texture_side_ = 0;
  int dirty_from_ = 0;  // rows that the texture does not have yet
  int dirty_to_ = 0;
};

}  // namespace convscope::paint
