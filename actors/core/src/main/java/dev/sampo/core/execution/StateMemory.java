package dev.sampo.core.execution;

import dev.sampo.core.state.StateReader;
import dev.sampo.core.types.Height;

/**
 * May remember for the checks that follow what one has read of the state. As thread-safe as those
 * who check need it.
 */
@FunctionalInterface
public interface StateMemory {

  /** Remembers nothing. */
  StateMemory NONE = (height, stored) -> stored;

  /** The state as {@code stored} has it after the block at {@code height}, or a later one. */
  StateReader after(Height height, StateReader stored);
}
