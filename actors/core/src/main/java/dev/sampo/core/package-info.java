/** The pure protocol core: state machines and values without clock, thread, input or output. */
@org.jspecify.annotations.NullMarked
package dev.sampo.core;
