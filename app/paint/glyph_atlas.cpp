#include "app/paint/glyph_atlas.h"

#include <algorithm>
#include <span>

namespace convscope::paint {
namespace {

constexpr int kFirstSide = 512;
constexpr int kSpacing = 1;

std::size_t offset(int x, int y, int side) {
  return static_cast<std::size_t>(y) * static_cast<std::size_t>(side) + static_cast<std::size_t>(x);
}

}  // namespace

GlyphAtlas::GlyphAtlas(int largest_side) : largest_side_(largest_side) {
  side_ = std::min(kFirstSide, largest_side_);
  texels_.resize(offset(0, side_, side_));
}

std::optional<AtlasGlyph> GlyphAtlas::find(const GlyphKey& key) {
  if (const auto found = glyphs_.find(key); found != glyphs_.end()) {
    return found->second;
  }
  const GlyphBitmap bitmap =
      faces_.rasterize(key.font, key.character, static_cast<float>(key.quarter_size) / 4.0F,
                       static_cast<float>(key.quarter_shift) / 4.0F);
  AtlasGlyph glyph{0, 0, bitmap.width, bitmap.height, bitmap.left, bitmap.top};
  if (std::max(glyph.width, glyph.height) > largest_side_) {
    glyph.width = glyph.height = 0;  // larger than any atlas, and than any screen
  }
  if (glyph.width > 0) {
    if (!place(glyph)) {
      return std::nullopt;
    }
    for (int row = 0; row < glyph.height; ++row) {
      std::copy_n(bitmap.coverage.begin() + row * glyph.width, glyph.width,
                  texels_.data() + offset(glyph.x, glyph.y + row, side_));
    }
    dirty_from_ = std::min(dirty_from_, glyph.y);
    dirty_to_ = std::max(dirty_to_, glyph.y + glyph.height);
  }
  return glyphs_.emplace(key, glyph).first->second;
}

bool GlyphAtlas::place(AtlasGlyph& glyph) {
  while (true) {
    if (shelf_x_ + glyph.width > side_) {
      shelf_y_ += shelf_height_;
      shelf_x_ = 0;
      shelf_height_ = 0;
    }
    if (glyph.width <= side_ && shelf_y_ + glyph.height <= side_) {
      break;
    }
    if (side_ * 2 > largest_side_) {
      return false;
    }
    grow();
  }
  glyph.x = shelf_x_;
  glyph.y = shelf_y_;
  shelf_x_ += glyph.width + kSpacing;
  shelf_height_ = std::max(shelf_height_, glyph.height + kSpacing);
  return true;
}

void GlyphAtlas::grow() {
  const int side = side_ * 2;
  std::vector<std::uint8_t> texels(offset(0, side, side));
  for (int row = 0; row < side_; ++row) {
    std::copy_n(texels_.data() + offset(0, row, side_), side_,
                texels.data() + offset(0, row, side));
  }
  texels_ = std::move(texels);
  side_ = side;
}

void GlyphAtlas::clear() {
  glyphs_.clear();
  shelf_x_ = shelf_y_ = shelf_height_ = 0;
}

void GlyphAtlas::bind() {
  if (texture_side_ != side_) {
    texture_ = make_alpha_texture(side_, side_);
    texture_side_ = side_;
    dirty_from_ = 0;
    dirty_to_ = side_;
  }
  if (dirty_from_ < dirty_to_) {
    const std::span<const std::uint8_t> all = texels_;
    update_alpha_rows(
        texture_, side_, dirty_from_,
        all.subspan(offset(0, dirty_from_, side_), offset(0, dirty_to_ - dirty_from_, side_)));
  }
  dirty_from_ = side_;
  dirty_to_ = 0;
  bind_texture(texture_.get());
}

}  // namespace convscope::paint
