// Glyphs rasterised at the exact size at which they are shown, packed into one texture.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "app/paint/faces.h"
#include "app/paint/texture.h"

namespace convscope::paint {

// Sizes and offsets are in quarters of a pixel.
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
  int left = 0;  // relative to the pen's pixel on the baseline
  int top = 0;
};

class GlyphAtlas {
 public:
  // `largest_side`: the maximum size of the texture.
  explicit GlyphAtlas(int largest_side);

  // nullopt if the atlas is full: draw what was requested so far, call clear(), and retry.
  std::optional<AtlasGlyph> find(const GlyphKey& key);
  void clear();
  // Uploads new glyphs to the texture and binds it.
  void bind();
  const Faces& faces() const { return faces_; }

 private:
  // Finds a free rectangle, growing the atlas if necessary; false if it is full.
  bool place(AtlasGlyph& glyph);
  void grow();

  Faces faces_;
  int largest_side_;
  int side_ = 0;
  std::vector<std::uint8_t> texels_;  // side * side; uploaded a few rows at a time
  std::map<GlyphKey, AtlasGlyph> glyphs_;
  // Glyphs are placed in rows ("shelves") from left to right.
  int shelf_x_ = 0;
  int shelf_y_ = 0;
  int shelf_height_ = 0;
  GlTexture texture_;
  int texture_side_ = 0;
  int dirty_from_ = 0;  // first row not uploaded yet
  int dirty_to_ = 0;
};

}  // namespace convscope::paint
