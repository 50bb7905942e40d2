// Actions about whole documents, and notices. Reading and writing files is the front's work: it
// turns Open into Opened or Notify.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/session/session.h"

namespace convscope::session::action {

struct Open {
  std::string what;
  bool shrink = false;  // an image that is too large is scaled down
};  // a bundled id, a lesson file, an image, layers; "lesson" in JSON, as on the command line
struct Opened {
  lesson::Lesson lesson;
};
// An array of a file becomes a tensor of the layer on stage: SetTensor is its echo.
struct UseArray {
  TensorRole tensor = TensorRole::kInput;
  std::string file;
  std::string name;   // empty: the file holds one array
  std::string slice;  // empty: all of it
};
// The files that the lesson reads are read again.
struct Refresh {};
// Its echo: what they hold now. The document is as if it had been opened with that; where the
// layers can't take it, it stays and a notice says why.
struct Refreshed {
  struct File {
    lesson::FileSource source;
    Tensor tensor;
  };
  std::vector<File> files;
};
struct Save {
  std::string path;
};
struct Notify {
  Problem notice;
};
struct DismissNotice {};

using DocumentActions =
    std::variant<Open, Opened, UseArray, Refresh, Refreshed, Save, Notify, DismissNotice>;

}  // namespace convscope::session::action
