#include "app/paint/frame_target.h"

#include <algorithm>
#include <cstring>

#include "app/paint/gl_names.h"

namespace convscope::paint {

struct FrameTarget::State {
  int width = 1;
  int height = 1;
  GlTexture color;
  GlFramebuffer framebuffer = make_framebuffer();
};

FrameTarget::FrameTarget(int width, int height) : state_(std::make_unique<State>()) {
  state_->width = std::max(1, width);
  state_->height = std::max(1, height);
  GLuint name = 0;
  glGenTextures(1, &name);
  state_->color = GlTexture(name);
  glBindTexture(GL_TEXTURE_2D, name);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, state_->width, state_->height, 0, GL_RGBA,
               GL_UNSIGNED_BYTE, nullptr);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glBindFramebuffer(GL_FRAMEBUFFER, state_->framebuffer.get());
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, name, 0);
}

FrameTarget::~FrameTarget() = default;

void FrameTarget::bind() {
  glBindFramebuffer(GL_FRAMEBUFFER, state_->framebuffer.get());
  glViewport(0, 0, state_->width, state_->height);
}

files::Pixels FrameTarget::read() {
  bind();
  const auto row = static_cast<std::size_t>(state_->width) * 4;
  const auto rows = static_cast<std::size_t>(state_->height);
  std::vector<std::uint8_t> upside_down(row * rows);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, state_->width, state_->height, GL_RGBA, GL_UNSIGNED_BYTE, upside_down.data());
  files::Pixels pixels{state_->width, state_->height, std::vector<std::uint8_t>(row * rows)};
  for (std::size_t y = 0; y < rows; ++y) {
    std::memcpy(&pixels.rgba[y * row], &upside_down[(rows - 1 - y) * row], row);
  }
  // A window has no alpha; blending may have left some in the pixels.
  for (std::size_t i = 3; i < pixels.rgba.size(); i += 4) {
    pixels.rgba[i] = 255;
  }
  return pixels;
}

SavedTarget::SavedTarget() {
  glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &framebuffer_);
  glGetIntegerv(GL_VIEWPORT, viewport_.data());
}

SavedTarget::~SavedTarget() {
  glBindFramebuffer(GL_FRAMEBUFFER, static_cast<GLuint>(framebuffer_));
  glViewport(viewport_[0], viewport_[1], viewport_[2], viewport_[3]);
}

}  // namespace convscope::paint
