// A shader program by the name of its files: shaders/NAME.vert and shaders/NAME.frag.
#pragma once

#include <string>

#include "app/paint/gl_names.h"

namespace convscope {

class Program {
 public:
  // Throws Failure "gl_shader" with the driver's words when it does not compile or link.
  explicit Program(std::string name);

  void use() const { glUseProgram(program_.get()); }
  // Throws Failure "gl_name": a uniform that the driver does not know is a mistake.
  GLint uniform(const char* name) const;

 private:
  std::string name_;
  GlProgram program_;
};

// Throws Failure "gl_error" if GL has noted one since the last call. Debug builds call it after
// each picture; others go on with what was drawn.
void check_gl();

}  // namespace convscope
