/** Values of the protocol: byte strings, numbers and the validator set. */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.types;
