// A sheet: many moments as a grid on one page.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "core/picture/display/picture.h"
#include "core/picture/display/theme.h"

namespace convscope::cli {

struct SheetLayout {
  std::int64_t count = 0;
  std::int64_t columns = 0;
  int cell_width = 0;
  int cell_height = 0;

  std::int64_t rows() const { return (count + columns - 1) / columns; }
  int width() const { return static_cast<int>(columns) * cell_width; }
  int height() const { return static_cast<int>(rows()) * cell_height; }
  // Below 1 in small cells, which are drawn as large ones are, only smaller.
  float scale() const;
};

// `columns` 0: about as many as rows. With a size of the page the cells divide it, otherwise they
// are 640 x 360, or smaller where the page would be too large. Throws Failure "usage_sheet_cells"
// where nothing could be seen in them.
SheetLayout sheet_layout(std::int64_t count, std::int64_t columns, int page_width, int page_height);

// `cell` composes the picture of cell `i`, `label` stands at its top.
picture::Picture sheet_of(const SheetLayout& layout, const picture::Palette& palette, float scale,
                          const std::function<picture::Picture(std::int64_t i)>& cell,
                          const std::function<std::string(std::int64_t i)>& label);

}  // namespace convscope::cli
