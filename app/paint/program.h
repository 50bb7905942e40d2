// A shader program built from two files in shaders/.
#pragma once

#include <string>

#include "app/paint/gl_names.h"

namespace convscope::paint {

class ShaderProgram {
 public:
  // The full names of the files, such as "shape.vert" and "glyph.frag". Throws Failure "gl_shader"
  // with the driver's message if they do not compile or link.
  ShaderProgram(const std::string& vertex, const std::string& fragment);

  void use() const { glUseProgram(program_.get()); }
  // Throws Failure "gl_name" for a uniform that does not exist, which is a bug.
  GLint uniform(const char* name) const;

 private:
  std::string name_;  // of the fragment shader
  GlProgram program_;
};

// Throws Failure "gl_error" if GL has recorded an error since the last call. Debug builds call it
// after each picture; release builds ignore errors.
void check_gl();

}  // namespace convscope::paint
