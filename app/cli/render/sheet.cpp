#include "app/cli/render/sheet.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/picture/display/arrange.h"
#include "core/tensor/problem.h"

namespace convscope::cli {
namespace {

constexpr int kCellWidth = 640;
constexpr int kCellHeight = 360;
constexpr int kMostSheetSide = 8192;  // of a page that follows its cells
constexpr int kLeastCellSide = 64;    // nothing can be told apart below
constexpr float kLabelSize = 15;
constexpr float kLabelRoom = 10;

}  // namespace

float SheetLayout::scale() const {
  return std::min({1.0F, static_cast<float>(cell_width) / kCellWidth,
                   static_cast<float>(cell_height) / kCellHeight});
}

SheetLayout sheet_layout(std::int64_t count, std::int64_t columns, int page_width,
                         int page_height) {
  SheetLayout layout{.count = count, .columns = std::min(columns, count)};
  if (columns == 0) {
    layout.columns = static_cast<std::int64_t>(std::ceil(std::sqrt(static_cast<double>(count))));
  }
  if (page_width > 0) {
    layout.cell_width = static_cast<int>(page_width / layout.columns);
    layout.cell_height = static_cast<int>(page_height / layout.rows());
  } else {
    const double share =
        std::min({1.0, double{kMostSheetSide} / kCellWidth / static_cast<double>(layout.columns),
                  double{kMostSheetSide} / kCellHeight / static_cast<double>(layout.rows())});
    layout.cell_width = static_cast<int>(kCellWidth * share);
    layout.cell_height = static_cast<int>(kCellHeight * share);
  }
  if (layout.cell_width < kLeastCellSide || layout.cell_height < kLeastCellSide) {
    throw Failure({"usage_sheet_cells",
                   "--sheet",
                   {{"count", count}, {"limit", std::int64_t{kLeastCellSide}}}});
  }
  return layout;
}

picture::Picture sheet_of(const SheetLayout& layout, const picture::Palette& palette, float scale,
                          const std::function<picture::Picture(std::int64_t i)>& cell,
                          const std::function<std::string(std::int64_t i)>& label) {
  picture::Picture page;
  page.background = palette.background;
  page.width = static_cast<float>(layout.width());
  page.height = static_cast<float>(layout.height());
  const float size = kLabelSize * scale * palette.text_scale;
  for (std::int64_t i = 0; i < layout.count; ++i) {
    const picture::Point at = {static_cast<float>(i % layout.columns * layout.cell_width),
                               static_cast<float>(i / layout.columns * layout.cell_height)};
    picture::Picture one = cell(i);
    const picture::Point left = {(static_cast<float>(layout.cell_width) - one.width) / 2,
                                 (static_cast<float>(layout.cell_height) - one.height) / 2};
    picture::append(page, std::move(one), {at.x + std::floor(left.x), at.y + std::floor(left.y)});
    page.records.emplace_back(
        picture::Text{.at = {at.x + kLabelRoom * scale, at.y + kLabelRoom * scale + size},
                      .text = label(i),
                      .font = picture::Font::kSansBold,
                      .size = size,
                      .color = palette.text_dim});
  }
  return page;
}

}  // namespace convscope::cli
