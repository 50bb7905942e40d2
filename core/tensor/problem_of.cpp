#include "core/tensor/problem_of.h"

#include <new>
#include <string>

namespace convscope {

Problem problem_of(const std::exception_ptr& exception) {
  try {
    std::rethrow_exception(exception);
  } catch (const Failure& failure) {
    return failure.problem();
  } catch (const std::bad_alloc&) {
    return {"out_of_memory", "", {}};
  } catch (const std::exception& error) {
    return {"unexpected", "", {{"reason", error.what()}}};
  } catch (...) {
    return {"unexpected", "", {{"reason", std::string("?")}}};
  }
}

}  // namespace convscope
