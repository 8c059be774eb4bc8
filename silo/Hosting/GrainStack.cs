#if !ORLEANS
using MallVip.Client.Runtime;
using MallVip.Grains.Members;
using MallVip.Silo.Embedded;
using Microsoft.Extensions.DependencyInjection;
#endif
using Microsoft.Extensions.Hosting;

namespace MallVip.Silo.Hosting;

/// <summary>The one place that knows which grain runtime was built in.</summary>
public static class GrainStack
{
#if ORLEANS
    public const string Name = "Orleans";

    /// <summary>
    /// Adds the stack's grain runtime to a host. Orleans has no cap on residents: it collects by age, and
    /// sheds the oldest when memory runs short.
    /// </summary>
    public static void AddTo(IHostApplicationBuilder builder, int maxResidents)
    {
        _ = maxResidents;
        builder.AddClusterOfOne();
    }
#else
    public const string Name = "Embedded";

    /// <summary>Adds the stack's grain runtime to a host.</summary>
    public static void AddTo(IHostApplicationBuilder builder, int maxResidents) => builder.Services
        .AddEmbeddedGrains(options => options.MaxResidents = maxResidents, typeof(MemberGrain).Assembly)
        .AddSingleton<IGrainFigures, EmbeddedFigures>();
#endif
}
