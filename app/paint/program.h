// A shader program of two files in shaders/.
#pragma once

#include <string>

#include "app/paint/gl_names.h"

namespace convscope::paint {

class ShaderProgram {
 public:
  // By the files' whole names, such as "shape.vert" and "glyph.frag". Throws Failure "gl_shader"
  // with the driver's words when they do not compile or link.
  ShaderProgram(const std::string& vertex, const std::string& fragment);

  void use() const { glUseProgram(program_.get()); }
  // Throws Failure "gl_name": a uniform that the driver does not know is a mistake.
  GLint uniform(const char* name) const;

 private:
  std::string name_;  // of the fragment shader, which tells programs apart
  GlProgram program_;
};

// Throws Failure "gl_error" if GL has noted one since the last call. Debug builds call it after
// each picture; others go on with what was drawn.
void check_gl();

}  // namespace convscope::paint
