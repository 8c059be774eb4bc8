using Microsoft.Extensions.Logging;

namespace MallVip.System.Tests.Api;

public class LogTests
{
    private const string Number = "8613800138000";

    [Fact]
    public async Task No_phone_number_reaches_the_log_at_any_configured_level()
    {
        await using var host = await ApiHost.StartAsync(configure: builder =>
            builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Trace));

        await host.SendAsync(HttpMethod.Get, $"/v1/members/phone:%2B{Number}?at=x{Number}");
        await host.SendAsync(HttpMethod.Get, $"/v1/nothing/{Number}?q={Number}");
        await host.PostAsync(
            $"/v1/events?note={Number}", $"{{\"id\":\"boom\",\"subject\":\"phone:+{Number}\"}}");
        await host.PostAsync("/v1/events", $"{{\"id\":\"{Number}");

        Assert.NotEmpty(host.Logs);
        Assert.DoesNotContain(host.Logs, line => line.Contains(Number, StringComparison.Ordinal));
    }
}
