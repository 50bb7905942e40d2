#include "core/picture/kit/fit.h"

#include <algorithm>
#include <cmath>

namespace convscope::picture::kit {

namespace {

void grow(std::vector<float>& lengths, std::size_t index, float length) {
  lengths.resize(std::max(lengths.size(), index + 1), 0);
  lengths[index] = std::max(lengths[index], length);
}

float sum_of(const std::vector<float>& lengths, float between) {
  float sum = lengths.empty() ? 0 : between * static_cast<float>(lengths.size() - 1);
  for (const float length : lengths) {
    sum += length;
  }
  return sum;
}

// Where each begins when all of them are centred in `room` pixels from `from` on.
std::vector<float> starts_of(const std::vector<float>& lengths, float between, float from,
                             float room) {
  std::vector<float> starts;
  float at = from + (room - sum_of(lengths, between)) / 2;
  for (const float length : lengths) {
    starts.push_back(at);
    at += length + between;
  }
  return starts;
}

}  // namespace

float Length::at(float cell) const { return std::min(per_cell * cell + fixed, most); }

std::vector<float> Table::widths(float cell) const {
  std::vector<float> widths;
  for (const Item& item : items_) {
    grow(widths, item.column, item.w.at(cell));
  }
  return widths;
}

std::vector<float> Table::heights(float cell) const {
  std::vector<float> heights;
  for (const Item& item : items_) {
    grow(heights, item.row, item.above + item.h.at(cell) + item.below);
  }
  return heights;
}

float Table::width(float cell) const { return sum_of(widths(cell), between_columns_); }
float Table::height(float cell) const { return sum_of(heights(cell), between_rows_); }

float Table::largest_cell(float w, float h, float most) const {
  const auto fits = [&](float cell) { return width(cell) <= w && height(cell) <= h; };
  if (fits(most)) {
    return most;
  }
  // Lengths only grow with the cell, so halving the interval finds it, to far less than a pixel.
  constexpr int kHalvings = 24;
  float low = 0;
  float high = most;
  for (int i = 0; i < kHalvings; ++i) {
    const float middle = (low + high) / 2;
    (fits(middle) ? low : high) = middle;
  }
  // A whole number of pixels that fits exactly is not lost to rounding.
  return fits(std::round(low)) ? std::max(low, std::round(low)) : low;
}

std::vector<Rect> Table::places(float cell, const Rect& room) const {
  const std::vector<float> columns = widths(cell);
  const std::vector<float> rows = heights(cell);
  const std::vector<float> xs = starts_of(columns, between_columns_, room.x, room.w);
  const std::vector<float> ys = starts_of(rows, between_rows_, room.y, room.h);
  std::vector<Rect> places;
  for (const Item& item : items_) {
    const float w = item.w.at(cell);
    const float h = item.h.at(cell);
    const float spare = rows[item.row] - item.above - h - item.below;
    places.push_back({xs[item.column] + (columns[item.column] - w) / 2,
                      ys[item.row] + item.above + spare / 2, w, h});
  }
  return places;
}

float whole_pixels(float cell) { return cell >= 1 ? std::floor(cell) : cell; }

}  // namespace convscope::picture::kit
