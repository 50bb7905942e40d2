// Edits: the cells of a tensor that somebody has changed, with their values.
//
// Kept by row, and rows are shared between copies: a stroke over a photo makes a new version of
// the few rows that it touches, and what differs between two versions is known at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/conv/area.h"
#include "core/tensor/tensor.h"

namespace convscope::lesson {

class Edits {
 public:
  struct Cell {
    std::int64_t x = 0;
    float value = 0;
  };
  struct Row {
    Index at;                                        // with x = 0
    std::shared_ptr<const std::vector<Cell>> cells;  // by ascending x; at least one
  };

  // Pairs of Index and value, in the order of Index.
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using iterator_concept = std::forward_iterator_tag;
    using value_type = std::pair<Index, float>;
    using difference_type = std::ptrdiff_t;
    using reference = value_type;
    using pointer = void;

    Iterator() = default;
    Iterator(const Row* row, std::size_t cell) : row_(row), cell_(cell) {}
    value_type operator*() const {
      const Cell& cell = (*row_->cells)[cell_];
      return {{row_->at.n, row_->at.c, row_->at.y, cell.x}, cell.value};
    }
    Iterator& operator++() {
      if (++cell_ == row_->cells->size()) {
        ++row_;
        cell_ = 0;
      }
      return *this;
    }
    Iterator operator++(int) {
      const Iterator before = *this;
      ++*this;
      return before;
    }
    bool operator==(const Iterator&) const = default;

   private:
    const Row* row_ = nullptr;
    std::size_t cell_ = 0;
  };

  Edits() = default;
  explicit Edits(const std::map<Index, float>& cells);

  bool empty() const { return rows_.empty(); }
  std::size_t size() const;
  Iterator begin() const { return {rows_.data(), 0}; }
  Iterator end() const { return {rows_.data() + rows_.size(), 0}; }
  std::span<const Row> rows() const { return rows_; }

  std::optional<float> at(const Index& at) const;
  void set(const Index& at, float value);
  // Sets all `cells`, which ascend. One whose value in `base` has the same bits is no edit.
  void paint(std::span<const Index> cells, float value, const Tensor& base);
  // Forgets the edits outside `shape`.
  void keep_inside(const Shape& shape);

  // Bitwise, so that 0 differs from -0; immediate for rows that are shared.
  bool operator==(const Edits& other) const;

 private:
  // The first row that is not before `row`.
  std::vector<Row>::iterator place_of(const Index& row);

  std::vector<Row> rows_;  // ascending
};

// The smallest area with all cells whose edits differ.
conv::Area differing_area(const Edits& a, const Edits& b);

}  // namespace convscope::lesson
