#include "core/picture/display/changes.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <unordered_map>

namespace convscope::picture {

namespace {

// The painter moves edges to whole pixels and smooths them.
constexpr float kMargin = 2;
constexpr std::size_t kMostAreas = 8;

Rect grown_by(const Rect& rect, float by) {
  return {rect.x - by, rect.y - by, rect.w + 2 * by, rect.h + 2 * by};
}

Rect union_of(const Rect& a, const Rect& b) {
  const float x = std::min(a.x, b.x);
  const float y = std::min(a.y, b.y);
  return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

float area_of(const Rect& rect) { return rect.w * rect.h; }

Rect around(const std::vector<Point>& points) {
  Rect all = points.empty() ? Rect{} : Rect{points[0].x, points[0].y, 0, 0};
  for (const Point& point : points) {
    all = union_of(all, {point.x, point.y, 0, 0});
  }
  return all;
}

// How far a record reaches if nothing clips it.
struct Reach {
  const TextMetrics& metrics;

  Rect operator()(const Box& box) const {
    return grown_by(box.rect, std::max(box.stroke_width, 1.0F) + kMargin);
  }
  Rect operator()(const Hatch& hatch) const { return grown_by(hatch.rect, hatch.width + kMargin); }
  Rect operator()(const Line& line) const {
    return grown_by(around({line.from, line.to}), std::max(line.width, 1.0F) + kMargin);
  }
  // Glyphs may lean out of their cells, and those of the fallback font are higher than others.
  Rect operator()(const Text& text) const {
    const float width = metrics.width(text.text, text.font, text.size);
    const float share = text.align == Align::kLeft ? 0 : text.align == Align::kCenter ? 0.5F : 1;
    return grown_by({text.at.x - share * width - text.size / 2, text.at.y - 1.25F * text.size,
                     width + text.size, 1.75F * text.size},
                    kMargin);
  }
  Rect operator()(const TensorGrid& grid) const { return grown_by(grid.visible, kMargin); }
  Rect operator()(const ClipBegin&) const { return {}; }
  Rect operator()(const ClipEnd&) const { return {}; }
  Rect operator()(const Polygon& polygon) const {
    return grown_by(around(polygon.points), 2 * polygon.stroke_width + kMargin);
  }
};

// Numbers and texts in 64 bits, so that equal digests mean equal records for all that matters.
class Digest {
 public:
  explicit Digest(std::uint64_t start) : value_(start) {}

  Digest& add(std::uint64_t word) {
    value_ = (std::rotl(value_, 23) ^ word) * 0x9fb21c651e98df25U;
    value_ ^= value_ >> 35;
    return *this;
  }
  Digest& add(float number) { return add(std::uint64_t{std::bit_cast<std::uint32_t>(number)}); }
  Digest& add(std::int64_t number) { return add(static_cast<std::uint64_t>(number)); }
  Digest& add(Rgba color) { return add(std::uint64_t{std::bit_cast<std::uint32_t>(color)}); }
  Digest& add(Point point) { return add(point.x).add(point.y); }
  Digest& add(const Rect& rect) { return add(rect.x).add(rect.y).add(rect.w).add(rect.h); }
  Digest& add(const std::string& text) {
    for (std::size_t at = 0; at < text.size(); at += sizeof(std::uint64_t)) {
      std::uint64_t word = 0;
      std::memcpy(&word, text.data() + at, std::min(sizeof word, text.size() - at));
      add(word);
    }
    return add(std::uint64_t{text.size()});
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_;
};

// All that the painter reads of a record.
struct Reading {
  Digest& to;

  void operator()(const Box& box) const {
    to.add(box.rect).add(box.fill).add(box.stroke).add(box.stroke_width);
    to.add(box.radius).add(box.dash);
  }
  void operator()(const Hatch& hatch) const {
    to.add(hatch.rect).add(hatch.color).add(hatch.spacing).add(hatch.width);
  }
  void operator()(const Line& line) const {
    to.add(line.from).add(line.to).add(line.color).add(line.width).add(line.dash);
  }
  void operator()(const Text& text) const {
    to.add(text.at).add(text.text).add(static_cast<std::int64_t>(text.font)).add(text.size);
    to.add(text.color).add(static_cast<std::int64_t>(text.align));
  }
  // Tensors are told apart by their storage: those of both pictures are alive.
  void operator()(const TensorGrid& grid) const {
    const Shape& shape = grid.tensor.shape();
    to.add(grid.rect).add(grid.visible).add(std::bit_cast<std::uintptr_t>(grid.tensor.data()));
    to.add(std::bit_cast<std::uintptr_t>(grid.minus.data()));
    to.add(shape.n).add(shape.c).add(shape.h).add(shape.w).add(grid.n).add(grid.c);
    to.add(static_cast<std::int64_t>(grid.scale.kind)).add(grid.scale.low).add(grid.scale.high);
    for (const Rgba& stop : grid.scale.stops) {
      to.add(stop);
    }
    to.add(grid.gap).add(grid.revealed).add(grid.opacity);
  }
  void operator()(const ClipBegin&) const {}
  void operator()(const ClipEnd&) const {}
  void operator()(const Polygon& polygon) const {
    for (const Point& point : polygon.points) {
      to.add(point);
    }
    to.add(polygon.fill).add(polygon.stroke).add(polygon.stroke_width);
  }
};

bool is_clip(const Record& record) {
  return std::holds_alternative<ClipBegin>(record) || std::holds_alternative<ClipEnd>(record);
}

// Of every record with the clips around it; 0 for clips.
std::vector<std::uint64_t> digests_of(const Picture& picture) {
  std::vector<std::uint64_t> digests;
  std::vector<std::uint64_t> clips = {1};
  for (const Record& record : picture.records) {
    if (const auto* clip = std::get_if<ClipBegin>(&record)) {
      clips.push_back(Digest(clips.back()).add(clip->rect).value());
    } else if (std::holds_alternative<ClipEnd>(record) && clips.size() > 1) {
      clips.pop_back();
    }
    Digest digest(clips.back());
    digest.add(std::uint64_t{record.index()});
    std::visit(Reading{digest}, record);
    digests.push_back(is_clip(record) ? 0 : digest.value());
  }
  return digests;
}

// Marks with 0 what `counts` still has of each.
void take_common(std::vector<std::uint64_t>& digests, std::unordered_map<std::uint64_t, int> counts,
                 std::vector<std::uint64_t>& common) {
  for (std::uint64_t& digest : digests) {
    if (const auto found = counts.find(digest);
        digest != 0 && found != counts.end() && found->second > 0) {
      --found->second;
      common.push_back(digest);
      digest = 0;
    }
  }
}

std::unordered_map<std::uint64_t, int> counted(const std::vector<std::uint64_t>& digests) {
  std::unordered_map<std::uint64_t, int> counts;
  for (const std::uint64_t digest : digests) {
    ++counts[digest];
  }
  return counts;
}

Rect whole_pixels(const Rect& rect) {
  const float x = std::floor(rect.x);
  const float y = std::floor(rect.y);
  return {x, y, std::ceil(rect.right()) - x, std::ceil(rect.bottom()) - y};
}

// What joining two rectangles costs in pixels that need not be drawn.
float waste(const Rect& a, const Rect& b) {
  return area_of(union_of(a, b)) - area_of(a) - area_of(b);
}

// Joins `area` with those that it touches, and then with the nearest, until they are few.
void add_area(std::vector<Rect>& areas, Rect area) {
  for (std::size_t i = 0; i < areas.size();) {
    if (waste(areas[i], area) <= 0) {
      area = union_of(area, areas[i]);
      areas.erase(areas.begin() + static_cast<std::ptrdiff_t>(i));
      i = 0;
    } else {
      ++i;
    }
  }
  if (areas.size() == kMostAreas) {
    const auto nearest =
        std::ranges::min_element(areas, {}, [&](const Rect& other) { return waste(other, area); });
    area = union_of(area, *nearest);
    areas.erase(nearest);
    add_area(areas, area);
    return;
  }
  areas.push_back(area);
}

}  // namespace

std::vector<Rect> reaches_of(const Picture& picture, const TextMetrics& metrics) {
  const Reach reach{metrics};
  std::vector<Rect> clips = {{0, 0, picture.width, picture.height}};
  std::vector<Rect> reaches;
  for (const Record& record : picture.records) {
    if (const auto* clip = std::get_if<ClipBegin>(&record)) {
      clips.push_back(intersection(clips.back(), grown_by(clip->rect, kMargin)));
    } else if (std::holds_alternative<ClipEnd>(record) && clips.size() > 1) {
      clips.pop_back();
    }
    reaches.push_back(is_clip(record) ? Rect{}
                                      : intersection(std::visit(reach, record), clips.back()));
  }
  return reaches;
}

std::optional<std::vector<Rect>> changed_areas(const Picture& before, const Picture& now,
                                               const TextMetrics& metrics) {
  if (before.width != now.width || before.height != now.height ||
      before.background != now.background) {
    return std::nullopt;
  }
  std::vector<std::uint64_t> old_digests = digests_of(before);
  std::vector<std::uint64_t> new_digests = digests_of(now);
  if (old_digests == new_digests) {
    return std::vector<Rect>{};
  }
  const auto old_counts = counted(old_digests);
  const auto new_counts = counted(new_digests);
  std::vector<std::uint64_t> old_common;
  std::vector<std::uint64_t> new_common;
  take_common(old_digests, new_counts, old_common);
  take_common(new_digests, old_counts, new_common);
  if (old_common != new_common) {
    return std::nullopt;  // what lies above what has changed
  }
  std::vector<Rect> areas;
  const auto add = [&](const Picture& picture, const std::vector<std::uint64_t>& digests) {
    const std::vector<Rect> reaches = reaches_of(picture, metrics);
    for (std::size_t i = 0; i < digests.size(); ++i) {
      if (digests[i] != 0 && area_of(reaches[i]) > 0) {
        add_area(areas, whole_pixels(reaches[i]));
      }
    }
  };
  add(before, old_digests);
  add(now, new_digests);
  return areas;
}

}  // namespace convscope::picture
