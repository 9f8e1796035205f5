/** Money on its way to people and models. In: minor units and a currency; out: major units. */
package dev.tidegate.schemas.money;
