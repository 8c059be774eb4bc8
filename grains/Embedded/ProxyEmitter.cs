using System.Linq.Expressions;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace MallVip.Grains.Embedded;

/// <summary>
/// Writes, once per contract, a proxy class and one request class per method: fields for the arguments, no
/// boxing, no reflection on a call.
/// </summary>
internal static class ProxyEmitter
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
    private const TypeAttributes Sealed = TypeAttributes.Class | TypeAttributes.Sealed;
    private const MethodAttributes Override = MethodAttributes.Virtual | MethodAttributes.HideBySig;
    private const MethodAttributes Explicit = Override | MethodAttributes.Private | MethodAttributes.NewSlot;
    private const MethodAttributes Public = MethodAttributes.Public;

    private static readonly MethodInfo InvokeSlot = typeof(Request).GetMethod(nameof(Request.Invoke), Any)!;
    private static readonly MethodInfo CallSlot = typeof(GrainReference).GetMethod("Call", Any)!;

    /// <exception cref="NotSupportedException">A method's shape cannot be a grain call.</exception>
    internal static Func<GrainType, string, GrainReference> Build(Type contract)
    {
        var methods = contract.GetInterfaces().Append(contract).SelectMany(it => it.GetMethods()).ToArray();
        var module = DefineModule(contract, methods);
        var parent = typeof(GrainReference);
        var proxy = module.DefineType(contract.Name + "Reference", Sealed, parent, [contract]);
        var constructor = proxy.DefineConstructor(
            Public, CallingConventions.HasThis, [typeof(GrainType), typeof(string)]);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Call, ConstructorOf(parent));
        il.Emit(OpCodes.Ret);
        foreach (var method in methods)
            EmitMethod(proxy, method, EmitRequest(module, method));
        return Factory(ConstructorOf(proxy.CreateType()));
    }

    /// <summary>Contracts and messages may be internal to their assemblies.</summary>
    private static ModuleBuilder DefineModule(Type contract, MethodInfo[] methods)
    {
        var name = new AssemblyName("MallVip.Grains.Proxies." + contract.FullName);
        var assembly = AssemblyBuilder.DefineDynamicAssembly(name, AssemblyBuilderAccess.Run);
        var access = ConstructorOf(typeof(IgnoresAccessChecksToAttribute));
        var messages = methods.SelectMany(it => ParametersOf(it).Append(it.ReturnType))
            .SelectMany(it => it.GetGenericArguments().Append(it));
        var spoken = messages.Append(contract).Append(typeof(Request)).Select(it => it.Assembly).Distinct();
        foreach (var other in spoken)
            assembly.SetCustomAttribute(new CustomAttributeBuilder(access, [other.GetName().Name]));
        return assembly.DefineDynamicModule("proxies");
    }

    /// <summary>The base class of the method's requests.</summary>
    private static Type RequestOf(MethodInfo method)
    {
        var (name, result) = ($"{method.DeclaringType?.Name}.{method.Name}", method.ReturnType);
        if (method.IsGenericMethod || method.GetParameters().Any(it => it.ParameterType.IsByRef))
            throw new NotSupportedException($"{name}: a grain method is not generic and takes no ref.");
        if (result == typeof(Task) || result == typeof(ValueTask))
            return typeof(VoidRequest);
        var open = result.IsGenericType ? result.GetGenericTypeDefinition() : null;
        if (open == typeof(Task<>) || open == typeof(ValueTask<>))
            return typeof(Request<>).MakeGenericType(result.GetGenericArguments());
        throw new NotSupportedException($"{name}: a grain method returns a Task or a ValueTask.");
    }

    /// <summary>
    /// The class is named for the method, for messages; what follows # tells overloads apart.
    /// </summary>
    private static ConstructorBuilder EmitRequest(ModuleBuilder module, MethodInfo method)
    {
        var parent = RequestOf(method);
        var name = $"{method.Name}#{method.MetadataToken:x}{method.DeclaringType!.Name}";
        var type = module.DefineType(name, Sealed, parent);
        var arguments = ParametersOf(method);
        var fields = arguments
            .Select((it, i) => type.DefineField("a" + i, it, FieldAttributes.Assembly)).ToArray();
        var constructor = type.DefineConstructor(Public, CallingConventions.HasThis, arguments);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, ConstructorOf(parent));
        for (var i = 0; i < fields.Length; i++)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldarg, (short)(i + 1));
            il.Emit(OpCodes.Stfld, fields[i]);
        }
        il.Emit(OpCodes.Ret);
        EmitInvoke(type, method, fields);
        type.CreateType();
        return constructor;
    }

    private static void EmitInvoke(TypeBuilder type, MethodInfo method, FieldBuilder[] fields)
    {
        var invoke = type.DefineMethod(
            InvokeSlot.Name, Override | MethodAttributes.Assembly, typeof(Task), [typeof(object)]);
        var il = invoke.GetILGenerator();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Castclass, method.DeclaringType!);
        foreach (var field in fields)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, field);
        }
        il.Emit(OpCodes.Callvirt, method);
        if (method.ReturnType.IsValueType)
        {
            var local = il.DeclareLocal(method.ReturnType);
            il.Emit(OpCodes.Stloc, local);
            il.Emit(OpCodes.Ldloca, local);
            il.Emit(OpCodes.Call, method.ReturnType.GetMethod(nameof(ValueTask.AsTask))!);
        }
        il.Emit(OpCodes.Ret);
        type.DefineMethodOverride(invoke, InvokeSlot);
    }

    private static void EmitMethod(TypeBuilder proxy, MethodInfo method, ConstructorInfo request)
    {
        var (arguments, result) = (ParametersOf(method), method.ReturnType);
        var name = $"{method.DeclaringType!.Name}.{method.Name}";
        var body = proxy.DefineMethod(name, Explicit, result, arguments);
        var il = body.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        for (var i = 1; i <= arguments.Length; i++)
            il.Emit(OpCodes.Ldarg, (short)i);
        il.Emit(OpCodes.Newobj, request);
        il.Emit(OpCodes.Ldc_I4, (int)ModeOf(method));
        il.Emit(OpCodes.Call, CallSlot);
        var task = result.IsGenericType
            ? typeof(Task<>).MakeGenericType(result.GetGenericArguments()) : typeof(Task);
        il.Emit(OpCodes.Castclass, task);
        if (result.IsValueType)
            il.Emit(OpCodes.Newobj, result.GetConstructor([task])!);
        il.Emit(OpCodes.Ret);
        proxy.DefineMethodOverride(body, method);
    }

    private static CallMode ModeOf(MethodInfo method) =>
        method.IsDefined(typeof(AlwaysInterleaveAttribute)) ? CallMode.Always
        : method.IsDefined(typeof(ReadOnlyAttribute)) ? CallMode.Read
        : CallMode.Write;

    private static Type[] ParametersOf(MethodInfo method) =>
        [.. method.GetParameters().Select(it => it.ParameterType)];

    private static ConstructorInfo ConstructorOf(Type type) => type.GetConstructors(Any)[0];

    private static Func<GrainType, string, GrainReference> Factory(ConstructorInfo constructor)
    {
        var (type, key) = (Expression.Parameter(typeof(GrainType)), Expression.Parameter(typeof(string)));
        var create = Expression.New(constructor, type, key);
        return Expression.Lambda<Func<GrainType, string, GrainReference>>(create, type, key).Compile();
    }
}
