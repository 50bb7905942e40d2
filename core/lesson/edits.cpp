#include "core/lesson/edits.h"

#include <algorithm>
#include <bit>

namespace convscope::lesson {
namespace {

using Cells = std::vector<Edits::Cell>;

Index row_of(const Index& at) { return {at.n, at.c, at.y, 0}; }

bool same_bits(float a, float b) {
  return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b);
}

bool same_cells(const Cells& a, const Cells& b) {
  return std::ranges::equal(a, b, [](const Edits::Cell& one, const Edits::Cell& other) {
    return one.x == other.x && same_bits(one.value, other.value);
  });
}

// The old cells of a row with new ones, all of one row, in their places.
Cells with_painted(const Cells& old, std::span<const Index> painted, float value,
                   const Tensor& base) {
  Cells cells;
  cells.reserve(old.size() + painted.size());
  auto next = old.begin();
  for (const Index& at : painted) {
    const auto place =
        std::find_if(next, old.end(), [&](const Edits::Cell& cell) { return cell.x >= at.x; });
    cells.insert(cells.end(), next, place);
    next = place != old.end() && place->x == at.x ? place + 1 : place;
    if (!same_bits(base.at(at), value)) {
      cells.push_back({at.x, value});
    }
  }
  cells.insert(cells.end(), next, old.end());
  return cells;
}

// The columns in which two rows differ, one of which may be null.
conv::Area differing_cells(const Index& row, const Cells* a, const Cells* b) {
  const Cells none;
  const Cells& one = a != nullptr ? *a : none;
  const Cells& other = b != nullptr ? *b : none;
  std::int64_t first = -1;
  std::int64_t last = -1;
  auto i = one.begin();
  auto j = other.begin();
  while (i != one.end() || j != other.end()) {
    const bool from_one = j == other.end() || (i != one.end() && i->x <= j->x);
    const bool from_other = i == one.end() || (j != other.end() && j->x <= i->x);
    const std::int64_t x = from_one ? i->x : j->x;
    if (!from_one || !from_other || !same_bits(i->value, j->value)) {
      first = first < 0 ? x : first;
      last = x;
    }
    i += from_one ? 1 : 0;
    j += from_other ? 1 : 0;
  }
  return first < 0 ? conv::Area{} : conv::Area{row.y, first, 1, last - first + 1};
}

}  // namespace

Edits::Edits(const std::map<Index, float>& cells) {
  for (auto next = cells.begin(); next != cells.end();) {
    const Index row = row_of(next->first);
    Cells own;
    for (; next != cells.end() && row_of(next->first) == row; ++next) {
      own.push_back({next->first.x, next->second});
    }
    rows_.push_back({row, std::make_shared<const Cells>(std::move(own))});
  }
}

std::size_t Edits::size() const {
  std::size_t count = 0;
  for (const Row& row : rows_) {
    count += row.cells->size();
  }
  return count;
}

std::vector<Edits::Row>::iterator Edits::place_of(const Index& row) {
  return std::ranges::lower_bound(rows_, row, {}, &Row::at);
}

std::optional<float> Edits::at(const Index& at) const {
  const auto row = std::ranges::lower_bound(rows_, row_of(at), {}, &Row::at);
  if (row == rows_.end() || row->at != row_of(at)) {
    return std::nullopt;
  }
  const auto cell = std::ranges::lower_bound(*row->cells, at.x, {}, &Cell::x);
  return cell != row->cells->end() && cell->x == at.x ? std::optional(cell->value) : std::nullopt;
}

void Edits::set(const Index& at, float value) {
  const auto row = place_of(row_of(at));
  Cells cells = row != rows_.end() && row->at == row_of(at) ? *row->cells : Cells();
  const auto place = std::ranges::lower_bound(cells, at.x, {}, &Cell::x);
  if (place != cells.end() && place->x == at.x) {
    place->value = value;
  } else {
    cells.insert(place, {at.x, value});
  }
  auto shared = std::make_shared<const Cells>(std::move(cells));
  if (row != rows_.end() && row->at == row_of(at)) {
    row->cells = std::move(shared);
  } else {
    rows_.insert(row, {row_of(at), std::move(shared)});
  }
}

void Edits::paint(std::span<const Index> cells, float value, const Tensor& base) {
  while (!cells.empty()) {
    const Index row = row_of(cells.front());
    const auto end =
        std::ranges::find_if(cells, [&](const Index& at) { return row_of(at) != row; });
    const auto count = static_cast<std::size_t>(end - cells.begin());
    const auto place = place_of(row);
    const bool there = place != rows_.end() && place->at == row;
    Cells painted = with_painted(there ? *place->cells : Cells(), cells.first(count), value, base);
    cells = cells.subspan(count);
    if (painted.empty()) {
      if (there) {
        rows_.erase(place);
      }
      continue;
    }
    auto shared = std::make_shared<const Cells>(std::move(painted));
    if (there) {
      place->cells = std::move(shared);
    } else {
      rows_.insert(place, {row, std::move(shared)});
    }
  }
}

void Edits::keep_inside(const Shape& shape) {
  std::vector<Row> kept;
  for (const Row& row : rows_) {
    Cells cells;
    std::ranges::copy_if(*row.cells, std::back_inserter(cells), [&](const Cell& cell) {
      return contains(shape, {row.at.n, row.at.c, row.at.y, cell.x});
    });
    if (!cells.empty()) {
      kept.push_back({row.at, std::make_shared<const Cells>(std::move(cells))});
    }
  }
  rows_ = std::move(kept);
}

bool Edits::operator==(const Edits& other) const {
  return std::ranges::equal(rows_, other.rows_, [](const Row& a, const Row& b) {
    return a.at == b.at && (a.cells == b.cells || same_cells(*a.cells, *b.cells));
  });
}

conv::Area differing_area(const Edits& a, const Edits& b) {
  conv::Area area;
  auto i = a.rows().begin();
  auto j = b.rows().begin();
  while (i != a.rows().end() || j != b.rows().end()) {
    const bool from_a = j == b.rows().end() || (i != a.rows().end() && i->at <= j->at);
    const bool from_b = i == a.rows().end() || (j != b.rows().end() && j->at <= i->at);
    const Cells* one = from_a ? i->cells.get() : nullptr;
    const Cells* other = from_b ? j->cells.get() : nullptr;
    if (one != other) {
      area = joined(area, differing_cells(from_a ? i->at : j->at, one, other));
    }
    i += from_a ? 1 : 0;
    j += from_b ? 1 : 0;
  }
  return area;
}

}  // namespace convscope::lesson
