// The table that cmake/EmbedAssets.cmake generates.
#pragma once

#include <vector>

namespace convscope::files {

struct EmbeddedFile {
  const char* path;
  const unsigned char* bytes;
  unsigned long size;
};

std::vector<EmbeddedFile> embedded_files();

}  // namespace convscope::files
