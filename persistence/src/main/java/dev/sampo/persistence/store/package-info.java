/** The one durable store of a node: a data directory, the database in it, and how it fails. */
@NullMarked
package dev.sampo.persistence.store;

import org.jspecify.annotations.NullMarked;
