/** The one durable store of a node: a data directory, the database in it, and how it fails. */
@org.jspecify.annotations.NullMarked
package dev.sampo.persistence.store;
