/** The application's state, its authenticated tree and the proofs of what is or is not in it. */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.state;
