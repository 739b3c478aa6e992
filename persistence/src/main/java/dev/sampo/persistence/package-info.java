/** The durable promises of a validator, as an actor that writes them before anything is said. */
@org.jspecify.annotations.NullMarked
package dev.sampo.persistence;
