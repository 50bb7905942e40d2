#include "app/paint/texture.h"

namespace convscope::paint {
namespace {

GlTexture make_texture() {
  GLuint name = 0;
  glGenTextures(1, &name);
  GlTexture texture(name);
  bind_texture(name);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  return texture;
}

}  // namespace

GlTexture make_rgba_texture(int width, int height, std::span<const picture::Rgba> texels) {
  GlTexture texture = make_texture();
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
               texels.empty() ? nullptr : texels.data());
  return texture;
}

GlTexture make_alpha_texture(int width, int height) {
  GlTexture texture = make_texture();
  glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, width, height, 0, GL_RED, GL_UNSIGNED_BYTE, nullptr);
  return texture;
}

void update_alpha_rows(const GlTexture& texture, int width, int first_row,
                       std::span<const unsigned char> texels) {
  bind_texture(texture.get());
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  const int rows = static_cast<int>(texels.size()) / width;
  glTexSubImage2D(GL_TEXTURE_2D, 0, 0, first_row, width, rows, GL_RED, GL_UNSIGNED_BYTE,
                  texels.data());
}

void bind_texture(GLuint texture) {
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, texture);
}

int largest_texture_side() {
  GLint side = 0;
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &side);
  return side;
}

}  // namespace convscope::paint
