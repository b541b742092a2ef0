using Microsoft.Playwright;

namespace Postroom.Browser.Tests;

/// <summary>Pictures for people to look at, and the one rule about them that a machine can judge.</summary>
internal static class Screenshots
{
    public static ViewportSize Phone => new() { Width = 360, Height = 740 };

    public static ViewportSize Desktop => new() { Width = 1280, Height = 900 };

    /// <summary>Takes the page on a phone and on a desktop, light and dark; nothing may stick out sideways.</summary>
    public static async Task TakeAsync(IPage page, string name)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            foreach (var (size, viewport) in new[] { ("phone", Phone), ("desktop", Desktop) })
            {
                await page.SetViewportSizeAsync(viewport.Width, viewport.Height);
                await page.ScreenshotAsync(new()
                {
                    FullPage = true,
                    Path = Path.Combine(Repository.Screenshots, $"{name}-{size}-{scheme}.png".ToLowerInvariant()),
                });
                var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
                Assert.True(over <= 0, $"{name} is {over} pixels wider than a {size}");
            }
        }
    }
}
