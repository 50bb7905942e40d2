#include "app/panels/stage/hint_place.h"

#include <algorithm>
#include <array>
#include <limits>
#include <variant>

namespace convscope::panels {
namespace {

using picture::Rect;

constexpr float kWordsWeigh = 4;  // hidden words cost more than hidden cells

float common_area(const Rect& a, const Rect& b) {
  const float width = std::min(a.right(), b.right()) - std::max(a.x, b.x);
  const float height = std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y);
  return std::max(width, 0.0F) * std::max(height, 0.0F);
}

// Near enough without the font: a character is half as wide as it is high.
Rect words_area(const picture::Text& text) {
  const auto characters = std::ranges::count_if(
      text.text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
  const float width = static_cast<float>(characters) * text.size * 0.5F;
  const float left = text.align == picture::Align::kLeft     ? text.at.x
                     : text.align == picture::Align::kCenter ? text.at.x - width / 2
                                                             : text.at.x - width;
  return {left, text.at.y - text.size, width, text.size * 1.3F};
}

float hidden_by(const Rect& note, const picture::Picture& stage) {
  float hidden = 0;
  for (const picture::Record& record : stage.records) {
    if (const auto* text = std::get_if<picture::Text>(&record)) {
      hidden += kWordsWeigh * common_area(note, words_area(*text));
    } else if (const auto* grid = std::get_if<picture::TensorGrid>(&record)) {
      hidden += common_area(note, grid->rect);
    } else if (const auto* box = std::get_if<picture::Box>(&record); box && box->target) {
      hidden += common_area(note, box->rect);
    }
  }
  return hidden;
}

}  // namespace

Rect place_beside(const picture::Picture& stage, const Rect& anchor, float width, float height,
                  float margin) {
  const float x = anchor.center().x - width / 2;
  const float y = anchor.center().y - height / 2;
  const float below = anchor.bottom() + margin;
  const float above = anchor.y - margin - height;
  const float right = anchor.right() + margin;
  const float left = anchor.x - margin - width;
  // In the middle of each side, then at its ends.
  const std::array<Rect, 12> places = {
      Rect{x, below, width, height},        Rect{x, above, width, height},
      Rect{right, y, width, height},        Rect{left, y, width, height},
      Rect{anchor.x, below, width, height}, Rect{anchor.right() - width, below, width, height},
      Rect{anchor.x, above, width, height}, Rect{anchor.right() - width, above, width, height},
      Rect{right, anchor.y, width, height}, Rect{right, anchor.bottom() - height, width, height},
      Rect{left, anchor.y, width, height},  Rect{left, anchor.bottom() - height, width, height}};
  Rect best;
  float least = std::numeric_limits<float>::infinity();
  for (Rect place : places) {
    place.x = std::clamp(place.x, margin, std::max(margin, stage.width - margin - width));
    place.y = std::clamp(place.y, margin, std::max(margin, stage.height - margin - height));
    if (const float hidden = hidden_by(place, stage); hidden < least) {
      least = hidden;
      best = place;
    }
  }
  return best;
}

}  // namespace convscope::panels
