/** The authenticated state tree with proofs of inclusion and absence. */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.state;
