package dev.tidegate.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;

/** Takes a picture of a page. */
public final class Screenshot {
  private Screenshot() {}

  /**
   * Arguments: address, PNG file, width, height, then {@code dark} for the dark look and {@code
   * press=KEY} for each key to press first (for example {@code press=j press=Enter}), {@code
   * locale=TAG} for the browser's language.
   */
  public static void main(String[] args) {
    List<String> wishes = List.of(args).subList(4, args.length);
    ColorScheme scheme = wishes.contains("dark") ? ColorScheme.DARK : ColorScheme.LIGHT;
    Browser.NewContextOptions options =
        new Browser.NewContextOptions()
            .setViewportSize(Integer.parseInt(args[2]), Integer.parseInt(args[3]))
            .setColorScheme(scheme);
    wishes.stream()
        .filter(wish -> wish.startsWith("locale="))
        .forEach(wish -> options.setLocale(wish.substring("locale=".length())));
    try (Chromium chromium = Chromium.start();
        BrowserContext context = chromium.browser().newContext(options)) {
      Page page = context.newPage();
      page.navigate(args[0]);
      page.waitForSelector(".link[data-link=live]");
      for (String wish : wishes) {
        if (wish.startsWith("press=")) {
          press(page, wish.substring("press=".length()));
        }
      }
      page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(args[1])));
    }
  }

  private static void press(Page page, String key) {
    page.keyboard().press(key);
    if (key.equals("Enter")) {
      page.waitForSelector("[data-detail]");
    }
  }
}
