#include "core/picture/display/arrange.h"

#include <utility>

namespace convscope::picture {

namespace {

struct Mover {
  Point by;

  void operator()(Point& point) const {
    point.x += by.x;
    point.y += by.y;
  }
  void operator()(Rect& rect) const {
    rect.x += by.x;
    rect.y += by.y;
  }
  void operator()(Box& box) const { (*this)(box.rect); }
  void operator()(Hatch& hatch) const { (*this)(hatch.rect); }
  void operator()(Line& line) const {
    (*this)(line.from);
    (*this)(line.to);
  }
  void operator()(Text& text) const {
    (*this)(text.at);
    (*this)(text.target_rect);
  }
  void operator()(TensorGrid& grid) const {
    (*this)(grid.rect);
    (*this)(grid.visible);
  }
  void operator()(ClipBegin& clip) const { (*this)(clip.rect); }
  void operator()(ClipEnd&) const {}
  void operator()(Polygon& polygon) const {
    for (Point& point : polygon.points) {
      (*this)(point);
    }
  }
};

}  // namespace

void append(Picture& to, Picture part, Point at) {
  const Mover move{at};
  to.records.emplace_back(ClipBegin{{at.x, at.y, part.width, part.height}});
  for (Record& record : part.records) {
    std::visit(move, record);
    to.records.push_back(std::move(record));
  }
  to.records.emplace_back(ClipEnd{});
}

}  // namespace convscope::picture
