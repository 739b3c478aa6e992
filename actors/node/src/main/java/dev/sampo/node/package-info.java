/** A Sampo node: the actors that host the pure roles, their links and their edge. */
@org.jspecify.annotations.NullMarked
package dev.sampo.node;
