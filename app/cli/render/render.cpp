#include "app/cli/front.h"
#include "app/cli/render/batch.h"
#include "app/cli/render/interruption.h"
#include "app/cli/render/rendering.h"

namespace convscope::cli {

int render_stage(const command::Render& what, const Look& look, std::ostream& out) {
  Interruption interruption;
  if (what.out_dir) {
    return render_batch(what, look, interruption, out);
  }
  render_file(what, look, interruption);
  return 0;
}

}  // namespace convscope::cli
