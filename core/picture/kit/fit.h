// Finds the largest cell with which a table of planes, operators and words fits its room.
#pragma once

#include <cstddef>
#include <limits>
#include <vector>

#include "core/picture/display/picture.h"

namespace convscope::picture::kit {

// A length that grows with the cell.
struct Length {
  float per_cell = 0;
  float fixed = 0;
  float most = std::numeric_limits<float>::infinity();

  float at(float cell) const;
  // So many side by side.
  Length times(float count) const { return {per_cell * count, fixed * count, most * count}; }
};

// What stands in one place of the table, with words above and below it.
struct Item {
  std::size_t row = 0;
  std::size_t column = 0;
  Length w = {};
  Length h = {};
  float above = 0;
  float below = 0;
};

// Columns are as wide as their widest item, rows as high as their highest.
class Table {
 public:
  Table(float between_columns, float between_rows)
      : between_columns_(between_columns), between_rows_(between_rows) {}

  void add(const Item& item) { items_.push_back(item); }

  // The largest cell of at most `most` pixels for a room of w x h; 0 where even that is too large.
  float largest_cell(float w, float h, float most) const;

  std::vector<float> widths(float cell) const;   // of the columns
  std::vector<float> heights(float cell) const;  // of the rows
  float width(float cell) const;
  float height(float cell) const;

  // Every item's place without the words, in the order of add(): centred in its row and column, the
  // table centred in the room.
  std::vector<Rect> places(float cell, const Rect& room) const;

 private:
  std::vector<Item> items_;
  float between_columns_ = 0;
  float between_rows_ = 0;
};

// Whole pixels, as long as there is at least one.
float whole_pixels(float cell);

}  // namespace convscope::picture::kit
