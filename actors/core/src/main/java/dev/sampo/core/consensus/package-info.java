/** The consensus engine as a pure machine: inputs in, ordered effects out. */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.consensus;
