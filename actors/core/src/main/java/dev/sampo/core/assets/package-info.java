/** The built-in application: accounts, assets and transfers. */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.assets;
