#include <ostream>
#include <utility>

#include "app/cli/front.h"
#include "app/cli/still.h"
#include "app/files/system/file_io.h"
#include "core/code/code_target.h"
#include "core/tensor/problem.h"

namespace convscope::cli {

void print_code(const command::Code& what, const Look& look, std::ostream& out) {
  const session::Session session =
      session_on(what.lesson, look, session::Granularity::kPosition, what.place);
  code::Plan plan = code::plan_of(*session.document.lesson,
                                  static_cast<std::size_t>(what.place.scene - 1), look.language);
  plan.layer = static_cast<std::size_t>(session.look.layer);
  plan.position = checked_step(session, what.step, plan.layers[plan.layer].output.count());
  if (const auto problem = code::too_large(plan, what.target->most_values)) {
    throw Failure(*problem);
  }
  if (!what.out) {
    out << what.target->write(plan);
    return;
  }
  files::check_writable(*what.out);
  files::write_file(*what.out, what.target->write(plan));
}

}  // namespace convscope::cli
