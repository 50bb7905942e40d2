#include "app/paint/program.h"

#include <array>

#include "app/files/embedded.h"
#include "core/tensor/problem.h"

namespace convscope::paint {
namespace {

// The shaders use only what GLSL 3.30 core and GLSL ES 3.00 have in common.
constexpr std::string_view kVersion = "#version 330 core\n";

Failure refused(const std::string& shader, const char* log) {
  std::string reason = log;
  while (!reason.empty() && (reason.back() == '\n' || reason.back() == '.')) {
    reason.pop_back();
  }
  return Failure({"gl_shader", "", {{"shader", shader}, {"reason", reason}}});
}

GlShader compile(const std::string& file, GLenum stage) {
  const std::string_view source = files::asset_text("shaders/" + file);
  const std::array parts = {kVersion.data(), source.data()};
  const std::array sizes = {static_cast<GLint>(kVersion.size()), static_cast<GLint>(source.size())};
  GlShader shader(glCreateShader(stage));
  glShaderSource(shader.get(), static_cast<GLsizei>(parts.size()), parts.data(), sizes.data());
  glCompileShader(shader.get());
  GLint compiled = GL_FALSE;
  glGetShaderiv(shader.get(), GL_COMPILE_STATUS, &compiled);
  if (compiled == GL_FALSE) {
    std::array<char, 1024> log{};
    glGetShaderInfoLog(shader.get(), static_cast<GLsizei>(log.size()), nullptr, log.data());
    throw refused(file, log.data());
  }
  return shader;
}

}  // namespace

ShaderProgram::ShaderProgram(const std::string& vertex, const std::string& fragment)
    : name_(fragment), program_(glCreateProgram()) {
  const GlShader first = compile(vertex, GL_VERTEX_SHADER);
  const GlShader second = compile(fragment, GL_FRAGMENT_SHADER);
  const GLuint program = program_.get();
  glAttachShader(program, first.get());
  glAttachShader(program, second.get());
  glLinkProgram(program);
  GLint linked = GL_FALSE;
  glGetProgramiv(program, GL_LINK_STATUS, &linked);
  if (linked == GL_FALSE) {
    std::array<char, 1024> log{};
    glGetProgramInfoLog(program, static_cast<GLsizei>(log.size()), nullptr, log.data());
    throw refused(name_, log.data());
  }
  glDetachShader(program, first.get());
  glDetachShader(program, second.get());
}

GLint ShaderProgram::uniform(const char* name) const {
  const GLint location = glGetUniformLocation(program_.get(), name);
  if (location < 0) {
    throw Failure({"gl_name", "", {{"shader", name_}, {"name", std::string(name)}}});
  }
  return location;
}

void check_gl() {
  const GLenum error = glGetError();
  if (error != GL_NO_ERROR) {
    throw Failure({"gl_error", "", {{"error", static_cast<std::int64_t>(error)}}});
  }
}

}  // namespace convscope::paint
