#include "app/paint/painter.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "app/paint/frame_target.h"
#include "app/paint/glyph_atlas.h"
#include "app/paint/grid_painter.h"
#include "app/paint/shape_batch.h"
#include "core/picture/display/changes.h"
#include "core/picture/display/text_layout.h"
#include "core/tensor/problem.h"

namespace convscope::paint {
namespace {

constexpr int kLargestAtlas = 4096;
constexpr int kLargestQuarterSize = 4 * 1024;

// A clip rectangle in whole pixels.
struct PixelRect {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;
};

PixelRect intersection(const PixelRect& a, const PixelRect& b) {
  PixelRect both{std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right),
                 std::min(a.bottom, b.bottom)};
  both.right = std::max(both.right, both.left);
  both.bottom = std::max(both.bottom, both.top);
  return both;
}

PixelRect pixels_of(const picture::Rect& rect, const PixelRect& limits) {
  const auto place = [](float value, int low, int high) {
    return static_cast<int>(
        std::clamp(std::round(value), static_cast<float>(low), static_cast<float>(high)));
  };
  return {place(rect.x, limits.left, limits.right), place(rect.y, limits.top, limits.bottom),
          place(rect.right(), limits.left, limits.right),
          place(rect.bottom(), limits.top, limits.bottom)};
}

void require_gl33() {
  if (GLAD_GL_VERSION_3_3 == 0) {
    const auto* version = reinterpret_cast<const char*>(glGetString(GL_VERSION));
    throw Failure({"gl_version", "", {{"version", std::string(version ? version : "?")}}});
  }
}

std::uint8_t straight(std::uint8_t value, std::uint8_t alpha) {
  return static_cast<std::uint8_t>(std::min(255, (value * 255 + alpha / 2) / alpha));
}

}  // namespace

struct Painter::State {
  explicit State(const picture::TextMetrics& text_metrics)
      : metrics(text_metrics), atlas(std::min(kLargestAtlas, largest_texture_side())) {}

  void resize(const picture::Picture& picture);
  void prepare();
  static void clear(picture::Rgba background);
  void draw(const picture::Picture& picture, const PixelRect& area,
            const std::vector<picture::Rect>& reaches);
  static void leave();
  void flush();
  void scissor() const;

  void add(const picture::Box& box) { add_shapes(shapes, box); }
  void add(const picture::Hatch& hatch) { add_shapes(shapes, hatch); }
  void add(const picture::Line& line) { add_shapes(shapes, line); }
  void add(const picture::Polygon& polygon) { add_shapes(shapes, polygon); }
  void add(const picture::Text& text);
  void add(const picture::TensorGrid& grid);
  void add(const picture::ClipBegin& clip);
  void add(const picture::ClipEnd& clip);

  const picture::TextMetrics& metrics;
  GlyphAtlas atlas;
  ShapeBatch batch;
  GridPainter grids;
  GlTexture color;
  GlFramebuffer framebuffer = make_framebuffer();
  int width = 0;
  int height = 0;
  Shapes shapes;                 // collected, but not drawn yet
  std::vector<PixelRect> clips;  // the first is the whole picture
};

void Painter::State::resize(const picture::Picture& picture) {
  const auto side = [](float length) {
    return static_cast<int>(std::clamp(std::ceil(length), 1.0F, 1e6F));
  };
  const int new_width = side(picture.width);
  const int new_height = side(picture.height);
  if (new_width == width && new_height == height) {
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer.get());
    return;
  }
  const Failure failure(
      {"gl_framebuffer",
       "",
       {{"width", std::int64_t{new_width}}, {"height", std::int64_t{new_height}}}});
  if (std::max(new_width, new_height) > largest_texture_side()) {
    throw failure;
  }
  width = height = 0;
  color = make_rgba_texture(new_width, new_height, {});
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer.get());
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, color.get(), 0);
  if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) {
    throw failure;
  }
  width = new_width;
  height = new_height;
}

void Painter::State::prepare() {
  for (const GLenum feature : {GL_DEPTH_TEST, GL_STENCIL_TEST, GL_CULL_FACE, GL_DITHER}) {
    glDisable(feature);
  }
  glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
  glViewport(0, 0, width, height);
  glEnable(GL_SCISSOR_TEST);
  glEnable(GL_BLEND);
  glBlendEquation(GL_FUNC_ADD);
  glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);  // premultiplied
  shapes.clear();
}

void Painter::State::clear(picture::Rgba background) {
  const float alpha = static_cast<float>(background.a) / 255;
  const auto part = [&](std::uint8_t value) { return static_cast<float>(value) / 255 * alpha; };
  glClearColor(part(background.r), part(background.g), part(background.b), alpha);
  glClear(GL_COLOR_BUFFER_BIT);
}

// Draws what lies in `area`. With `reaches`, one for each record, those that lie elsewhere are left
// out.
void Painter::State::draw(const picture::Picture& picture, const PixelRect& area,
                          const std::vector<picture::Rect>& reaches) {
  const auto elsewhere = [&](const picture::Rect& reach) {
    return reach.w > 0 && (reach.x >= static_cast<float>(area.right) ||
                           reach.right() <= static_cast<float>(area.left) ||
                           reach.y >= static_cast<float>(area.bottom) ||
                           reach.bottom() <= static_cast<float>(area.top));
  };
  clips = {area};
  scissor();
  clear(picture.background);
  for (std::size_t i = 0; i < picture.records.size(); ++i) {
    if (reaches.empty() || !elsewhere(reaches[i])) {
      std::visit([&](const auto& item) { add(item); }, picture.records[i]);
    }
  }
  flush();
}

void Painter::State::leave() {
  glDisable(GL_SCISSOR_TEST);
  glDisable(GL_BLEND);
  // Dear ImGui restores the program that it finds, which may be gone by then.
  glUseProgram(0);
#ifndef NDEBUG
  check_gl();
#endif
}

void Painter::State::flush() {
  if (!shapes.empty()) {
    atlas.bind();
    batch.draw(shapes, width, height);
    shapes.clear();
  }
}

void Painter::State::scissor() const {
  const PixelRect& clip = clips.back();
  glScissor(clip.left, height - clip.bottom, clip.right - clip.left, clip.bottom - clip.top);
}

void Painter::State::add(const picture::Text& text) {
  const int quarter_size =
      std::min(static_cast<int>(std::lround(text.size * 4)), kLargestQuarterSize);
  if (quarter_size <= 0 || text.color.a == 0) {
    return;
  }
  const float baseline = std::round(text.at.y);
  for (const picture::PlacedGlyph& placed : picture::place_text(text, metrics)) {
    float pen = placed.x;
    if (picture::is_tabular(placed.character)) {
      pen += (placed.cell - atlas.faces().advance(text.font, placed.character) * text.size) / 2;
    }
    if (!(pen > -1e6F && pen < 1e6F)) {
      continue;
    }
    const int quarters = static_cast<int>(std::lround(pen * 4));
    const GlyphKey key{text.font, placed.character, quarter_size, quarters & 3};
    auto glyph = atlas.find(key);
    if (!glyph) {
      flush();
      atlas.clear();
      glyph = atlas.find(key);
    }
    if (glyph && glyph->width > 0) {
      add_glyph(shapes,
                {static_cast<float>((quarters >> 2) + glyph->left),
                 baseline + static_cast<float>(glyph->top), static_cast<float>(glyph->width),
                 static_cast<float>(glyph->height)},
                {static_cast<float>(glyph->x), static_cast<float>(glyph->y)}, text.color);
    }
  }
}

void Painter::State::add(const picture::TensorGrid& grid) {
  flush();
  grids.draw(grid, width, height);
}

void Painter::State::add(const picture::ClipBegin& clip) {
  flush();
  clips.push_back(intersection(clips.back(), pixels_of(clip.rect, clips.front())));
  scissor();
}

void Painter::State::add(const picture::ClipEnd&) {
  if (clips.size() > 1) {
    flush();
    clips.pop_back();
    scissor();
  }
}

Painter::Painter(const picture::TextMetrics& metrics) {
  require_gl33();
  state_ = std::make_unique<State>(metrics);
}

Painter::~Painter() = default;

void Painter::draw(const picture::Picture& picture) {
  const SavedTarget saved;
  State& state = *state_;
  state.resize(picture);
  state.prepare();
  state.grids.begin_picture();
  state.draw(picture, {0, 0, state.width, state.height}, {});
  state.leave();
}

void Painter::draw_again(const picture::Picture& picture, const std::vector<picture::Rect>& areas) {
  const SavedTarget saved;
  State& state = *state_;
  state.resize(picture);
  state.prepare();
  state.grids.begin_picture();
  const std::vector<picture::Rect> reaches = picture::reaches_of(picture, state.metrics);
  for (const picture::Rect& area : areas) {
    state.draw(picture, pixels_of(area, {0, 0, state.width, state.height}), reaches);
  }
  state.leave();
}

unsigned Painter::texture() const { return state_->color.get(); }

files::Pixels Painter::read() const {
  const State& state = *state_;
  files::Pixels pixels{state.width, state.height, {}};
  pixels.rgba.resize(static_cast<std::size_t>(state.width) *
                     static_cast<std::size_t>(state.height) * 4);
  read({0, 0, static_cast<float>(state.width), static_cast<float>(state.height)}, pixels);
  return pixels;
}

void Painter::read(const picture::Rect& area, files::Pixels& pixels) const {
  const State& state = *state_;
  const PixelRect part = pixels_of(area, {0, 0, state.width, state.height});
  const int part_width = part.right - part.left;
  const int part_height = part.bottom - part.top;
  const std::size_t row_bytes = static_cast<std::size_t>(part_width) * 4;
  if (row_bytes == 0 || part_height == 0) {
    return;
  }
  std::vector<std::uint8_t> rows(row_bytes * static_cast<std::size_t>(part_height));
  const SavedTarget saved;
  glBindFramebuffer(GL_FRAMEBUFFER, state.framebuffer.get());
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(part.left, state.height - part.bottom, part_width, part_height, GL_RGBA,
               GL_UNSIGNED_BYTE, rows.data());
  for (std::size_t i = 0; i < rows.size(); i += 4) {
    const std::uint8_t alpha = rows[i + 3];
    if (alpha != 0 && alpha != 255) {
      for (std::size_t channel = i; channel < i + 3; ++channel) {
        rows[channel] = straight(rows[channel], alpha);
      }
    }
  }
  // GL's first row is at the bottom.
  for (int y = part.top; y < part.bottom; ++y) {
    const std::size_t from = static_cast<std::size_t>(part.bottom - 1 - y) * row_bytes;
    const std::size_t to = (static_cast<std::size_t>(y) * static_cast<std::size_t>(state.width) +
                            static_cast<std::size_t>(part.left)) *
                           4;
    std::memcpy(&pixels.rgba[to], &rows[from], row_bytes);
  }
}

std::string gl_renderer() {
  const auto* name = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
  return name == nullptr ? "" : name;
}

}  // namespace convscope::paint
