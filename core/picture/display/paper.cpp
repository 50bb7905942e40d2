#include "core/picture/display/paper.h"

namespace convscope::picture {

namespace {

constexpr float kThinner = 0.5F;
constexpr Rgba kPaper = {255, 255, 255};

struct Printer {
  Rgba background;

  Rgba printed(Rgba color) const {
    const bool ground = Rgba{color.r, color.g, color.b} == background;
    return ground ? Rgba{kPaper.r, kPaper.g, kPaper.b, color.a} : color;
  }
  void operator()(Box& box) const {
    box.fill = printed(box.fill);
    box.stroke_width *= kThinner;
  }
  void operator()(Hatch& hatch) const { hatch.width *= kThinner; }
  void operator()(Line& line) const { line.width *= kThinner; }
  void operator()(Text&) const {}
  void operator()(TensorGrid&) const {}
  void operator()(ClipBegin&) const {}
  void operator()(ClipEnd&) const {}
  void operator()(Polygon& polygon) const {
    polygon.fill = printed(polygon.fill);
    polygon.stroke_width *= kThinner;
  }
};

}  // namespace

Picture on_paper(Picture picture) {
  const Printer printer{picture.background};
  for (Record& record : picture.records) {
    std::visit(printer, record);
  }
  picture.background = kPaper;
  return picture;
}

}  // namespace convscope::picture
